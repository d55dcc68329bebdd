"""How any indicator is counted: definition, query, SQL periods, engine, frame."""
