//! Exact numbers, rounding, dates and periods.
