package ekiden.message;

/**
 * A message in one language.
 *
 * @param id its id
 * @param text what happened, with holes {@code {name}}
 * @param cause why that happens
 * @param next what the operator does next
 */
public record Text(String id, String text, String cause, String next) {}
