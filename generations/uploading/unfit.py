class Unfit(ValueError):
    """Why a picture cannot become a reference, said to whoever gave it."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__(sentence)
        self.status = status
