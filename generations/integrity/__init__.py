"""Do rows, files, money and journal still fit together?

Everything is read page by page, so that a studio of any size fits into memory, and while people work. What looks wrong is looked at
once more before it is said: a row may have been written since.
"""
