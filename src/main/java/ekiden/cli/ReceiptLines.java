package ekiden.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a large mail came from its server, in lines for people. */
final class ReceiptLines {
    private static final double SECOND = 1_000;

    private ReceiptLines() {}

    /** Of the mail of that number; nothing where there is none, or nothing was noted of it. */
    static List<String> of(Session session, @Nullable String mail) {
        if (mail == null) {
            return List.of();
        }
        return of(session, session.data(session.client().get("/mails/" + mail)));
    }

    /** Of a mail as the API shows it. */
    static List<String> of(Session session, Data mail) {
        Data receipt = mail.inner("receipt");
        if (receipt == null) {
            return List.of();
        }
        long size = receipt.number("size");
        long resumed = receipt.number("resumed");
        List<String> lines = new ArrayList<>();
        lines.add(session.word("receipt.mail") + " " + mail.text("id") + ": " + size + " "
                + session.word("receipt.bytes") + ", " + session.word("receipt.began") + " "
                + session.time(receipt.maybe("began")) + ", " + session.word("receipt.whole") + " "
                + seconds(receipt) + (resumed == 0 ? "" : ", " + session.word("receipt.resumed") + " " + resumed));
        for (Data step : receipt.list("steps")) {
            long bytes = step.number("bytes");
            lines.add(String.format(
                    Locale.ROOT,
                    "  %2d %%  %d %s, %s%s",
                    Math.min(99, bytes * 100 / Math.max(1, size)),
                    bytes,
                    session.word("receipt.bytes"),
                    seconds(step),
                    step.flag("resumed") ? ", " + session.word("receipt.went-on") : ""));
        }
        return lines;
    }

    private static String seconds(Data at) {
        return String.format(Locale.ROOT, "%.1f s", at.number("millis") / SECOND);
    }
}
