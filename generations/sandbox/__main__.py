"""`python -m generations.sandbox`: as `manage.py sandbox`, but nothing of the studio is read for it, which takes three times as long."""

from argparse import ArgumentParser

from generations.sandbox import program

parser = ArgumentParser("sandbox")
program.add_options(parser)
program.run(**vars(parser.parse_args()))
