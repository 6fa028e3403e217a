package ekiden.model.run;

/**
 * The returned mail that started a run. No mail text: what it says is found by the number of the mail that says it.
 *
 * @param messageId of the mail that came back, with angle brackets
 * @param run the run that sent it, as people call it
 * @param job the job that sent it
 * @param mail the number of the mail that says so, in the catalogue
 */
public record BounceCause(String messageId, String run, String job, long mail) {}
