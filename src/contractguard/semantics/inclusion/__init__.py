"""Whether every payload of one schema is a payload of another: proved, refuted by a payload, or not decided.

One search answers both. It looks for a payload that makes a conjunction of literals true ("base holds, head does not"), case by
case, the way a tableau does; where no case can be filled the inclusion is proved, and where one can the payload is the witness.
"""
