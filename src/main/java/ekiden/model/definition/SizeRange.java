package ekiden.model.definition;

/**
 * How large a mail may be, as it arrived.
 *
 * @param min bytes, at least
 * @param max bytes, at most; {@link Long#MAX_VALUE} where there is no bound
 */
public record SizeRange(long min, long max) {}
