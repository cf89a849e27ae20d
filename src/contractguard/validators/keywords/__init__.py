"""Keywords that the library judges otherwise than the specifications, with `re`, with floats, or without a third answer."""
