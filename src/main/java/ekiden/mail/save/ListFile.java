package ekiden.mail.save;

import ekiden.model.mail.Address;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The attachment list file in the shape of JP1: From, Date, Files, then one line per attachment. */
final class ListFile {
    /** The line of an attachment that the mail only refers to (JP1 has such a sentence for OLE objects). */
    static final String NOT_SAVED = "This attachment cannot be saved because the mail only refers to it.";

    private ListFile() {}

    static String of(List<Address> from, Instant received, ZoneId zone, Path folder, List<Manifest.Entry> attachments) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
        StringBuilder text = new StringBuilder();
        text.append("From: ")
                .append(String.join(", ", from.stream().map(Address::address).toList()))
                .append('\n');
        text.append("Date: ").append(format.format(received.atZone(zone))).append('\n');
        text.append("Files: ").append(attachments.size()).append('\n');
        for (Manifest.Entry entry : attachments) {
            text.append(
                            entry.savedName() == null
                                    ? NOT_SAVED
                                    : folder.resolve(entry.savedName()).toString())
                    .append('\n');
        }
        return text.toString();
    }
}
