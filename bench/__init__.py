"""The same work done by us and by what people use instead, in one run; writes docs/benchmarks.md."""
