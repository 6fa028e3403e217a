package ekiden.mail.save;

import ekiden.model.mail.Address;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attachment list file in the shape of JP1: From, Date, Files, then one line per attachment. */
final class ListFile {
    /** The line of an attachment that the mail only refers to (JP1 has such a sentence for OLE objects). */
    static final String NOT_SAVED = "This attachment cannot be saved because the mail only refers to it.";

    private static final Map<String, String> SENTENCES = Map.of(
            SaveMessage.INFECTED.id(), "This attachment cannot be saved because the virus scanner refused it.",
            SaveMessage.TOO_LARGE_TO_SCAN.id(),
                    "This attachment cannot be saved because it is too large for the virus scanner.",
            SaveMessage.TAKEN_AWAY.id(), "This attachment is not there any more because another program took it away.",
            SaveMessage.CHANGED.id(), "This attachment is not as it was saved because another program changed it.",
            SaveMessage.FILTERED_OUT.id(), "This attachment cannot be saved because the filter took it out.");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final Pattern NO_PART_OF_A_LINE = Pattern.compile("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]");

    private ListFile() {}

    static String of(List<Address> from, Instant received, ZoneId zone, Path folder, List<Manifest.Entry> attachments) {
        return of(senders(from), received, zone, folder, attachments);
    }

    static String of(String senders, Instant received, ZoneId zone, Path folder, List<Manifest.Entry> attachments) {
        StringBuilder text = new StringBuilder();
        text.append("From: ").append(senders).append('\n');
        text.append("Date: ").append(date(received, zone)).append('\n');
        text.append("Files: ").append(attachments.size()).append('\n');
        for (Manifest.Entry entry : attachments) {
            text.append(
                            entry.savedName() == null
                                    ? sentence(entry.problem())
                                    : folder.resolve(entry.savedName()).toString())
                    .append('\n');
        }
        return text.toString();
    }

    private static String sentence(@Nullable String problem) {
        return SENTENCES.getOrDefault(String.valueOf(problem), NOT_SAVED);
    }

    /** {@return the authors' addresses, in one line} */
    static String senders(List<Address> from) {
        return oneLine(String.join(", ", from.stream().map(Address::address).toList()));
    }

    static String date(Instant received, ZoneId zone) {
        return DATE.format(received.atZone(zone));
    }

    /** Whatever a mail says, it cannot bring a line of its own. */
    static String oneLine(String text) {
        return NO_PART_OF_A_LINE.matcher(text).replaceAll(" ");
    }
}
