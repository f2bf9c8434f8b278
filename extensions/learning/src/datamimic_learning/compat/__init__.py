"""Names that the described product has for what is here, each a thin one.

sample_data_profiler   `SampleDataProfiler`
"""
