class PlateGenerator:
    """Plates of vehicles."""

    def __init__(self, dataset: str = "US", length: int = 7) -> None:
        self.dataset = dataset
        self.length = length
