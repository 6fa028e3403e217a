package ekiden.model.mail;

/**
 * Who took a mail.
 *
 * @param unit full name of the jobnet
 * @param run number of the run
 * @param job name of the receive-mail job, or {@code start} where the mail started the run
 */
public record Taker(String unit, long run, String job) {}
