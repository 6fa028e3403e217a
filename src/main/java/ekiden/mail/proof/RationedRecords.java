package ekiden.mail.proof;

import ekiden.mail.dkim.TxtRecords;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks only as long as it may; what is known without a question is always told.
 *
 * @param records where is asked
 * @param mayAsk is asked before each question
 */
record RationedRecords(TxtRecords records, BooleanSupplier mayAsk) implements TxtRecords {
    @Override
    public Answer of(String name) {
        Answer known = records.known(name);
        if (known != null) {
            return known;
        }
        return mayAsk.getAsBoolean()
                ? records.of(name)
                : new Answer.Unavailable("it was not asked yet, because other questions took their time");
    }

    @Override
    public @Nullable Answer known(String name) {
        return records.known(name);
    }
}
