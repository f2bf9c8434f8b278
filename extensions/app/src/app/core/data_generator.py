"""Generators of rows, a batch at a time: of a configuration, and like those of a sample."""

from app.core.enhanced_data_generator import BATCH_SIZE_CONFIG, EnhancedDataGenerator
from datamimic_learning.learning.batches import ProfilerIntegratedGenerator

__all__ = ["BATCH_SIZE_CONFIG", "EnhancedDataGenerator", "ProfilerIntegratedGenerator"]
