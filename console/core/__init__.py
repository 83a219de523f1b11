"""What every room stands on: ids, time, errors, events, store, audit, outbox."""
