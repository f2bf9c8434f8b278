"""The XML language of the described product: `<setup><generate>…`.

vocabulary   elements and attributes
reading, checking, nodes   a model as it was written, and what is wrong with it
values, frames   records as columns, page by page
scripts, making, finishing, fields, sources …   what makes them
outputs, targets   where they go
running, run   a whole model
"""

from datamimic_models.xml.run import Finished, mistakes_of_model, run_model, run_to_folder

__all__ = ["Finished", "mistakes_of_model", "run_model", "run_to_folder"]
