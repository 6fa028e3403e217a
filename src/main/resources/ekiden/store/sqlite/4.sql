-- The run whose turn it is in a queue: found without a look at those that have ended.
DROP INDEX run_status;
CREATE INDEX run_status ON run (unit, status, number);
