"""The policy file: what it may say, how it is found, checked and located for error messages."""
