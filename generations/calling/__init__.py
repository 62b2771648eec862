"""What programs ask of the studio, whatever wire they speak: who calls, what they wish, what came of it."""
