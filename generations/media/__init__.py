"""Files: where they lie, how they are kept, and what is a picture.

A picture that came back: `staging.desk` → bytes on it → `arrival.take_in` → `arrival.put_away`.
A picture that goes in: the same, with `clean` instead of `take_in`.
"""
