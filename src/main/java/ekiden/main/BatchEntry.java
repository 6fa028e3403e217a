package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import ekiden.yaml.Fields;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch as it was read.
 *
 * @param line counted from 1
 * @param id as given: text or a number; null where the line has none
 * @param order the mail, or what is wrong with the line
 * @param size bytes of the line; once it is weighed, of the texts in the files that it names too
 */
record BatchEntry(long line, @Nullable Object id, Result<MailOrder> order, long size) {
    private static final Logger LOG = LazyLogger.of(BatchEntry.class);
    /** Bytes of a line that may be held twice for the sake of the faster parser. */
    private static final int SHORT = 1 << 20;
    /** Characters. */
    private static final int LONGEST_ID = 1_000;

    private static final Set<String> KEYS = Set.of(
            "id",
            "from",
            "to",
            "cc",
            "bcc",
            "replyTo",
            "subject",
            "text",
            "textFile",
            "html",
            "htmlFile",
            "signatureFile",
            "importance",
            "ifRefused",
            "attach",
            "attachList");

    /** The id as it is compared; empty where there is none. */
    String key() {
        return id == null ? "" : String.valueOf(id);
    }

    static BatchEntry read(BatchLines.Line line, Path base) {
        Problem unreadable = line.problem();
        if (unreadable != null) {
            return new BatchEntry(line.number(), null, Result.failed(unreadable), 0);
        }
        try {
            Map<String, Object> values = line.bytes() > SHORT
                    ? Json.readMap(line.text())
                    : Json.readMap(line.text().getBytes(StandardCharsets.UTF_8));
            return new Reader(line.number(), values, base, line.bytes()).entry();
        } catch (Json.Unreadable wrong) {
            // What the parser says would repeat a piece of the mail.
            return new BatchEntry(line.number(), null, bad(line.number(), "JSON"), line.bytes());
        } catch (OutOfMemoryError full) {
            return new BatchEntry(
                    line.number(), null, Result.failed(BatchLane.broke(line.number(), full)), line.bytes());
        }
    }

    /** The same with the sizes of the text files, for their contents are held like the line. */
    BatchEntry weighed(Disk disk) {
        if (!(order instanceof Result.Ok<MailOrder>(MailOrder mail))) {
            return this;
        }
        long bytes = size;
        if (mail.textFile() != null) {
            bytes += bytes(disk, mail.textFile());
        }
        String html = mail.extras().htmlFile();
        if (html != null) {
            bytes += bytes(disk, Path.of(html));
        }
        String signature = mail.extras().signatureFile();
        if (signature != null) {
            bytes += bytes(disk, Path.of(signature));
        }
        return bytes == size ? this : new BatchEntry(line, id, order, bytes);
    }

    private static long bytes(Disk disk, Path file) {
        try {
            return disk.size(file);
        } catch (IOException absent) {
            LOG.log(Level.DEBUG, "whoever composes the mail tells it", absent);
            return 0;
        }
    }

    private static <T> Result<T> bad(long line, String reason) {
        return Result.failed(MailCommandMessage.BATCH_LINE, "line", line, "reason", reason);
    }

    /** Leaves the reading of a line. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String reason) {
            super(reason, null, false, false);
        }
    }

    private record Reader(long line, Map<String, Object> values, Path base, long size) {
        BatchEntry entry() {
            Object id = values.get("id");
            boolean good = (id instanceof String text && good(text)) || id instanceof Integer || id instanceof Long;
            if (!good) {
                return new BatchEntry(line, null, bad(line, "id"), size);
            }
            try {
                return new BatchEntry(line, id, order(), size);
            } catch (Wrong wrong) {
                return new BatchEntry(line, id, bad(line, String.valueOf(wrong.getMessage())), size);
            } catch (InvalidPathException wrong) {
                return new BatchEntry(line, id, bad(line, "textFile"), size);
            }
        }

        /** What files keep under its own name: a half of a surrogate pair would come back as another character. */
        private static boolean good(String id) {
            return !id.isEmpty()
                    && id.length() <= LONGEST_ID
                    && StandardCharsets.UTF_8.newEncoder().canEncode(id);
        }

        private Result<MailOrder> order() throws Wrong {
            for (String key : values.keySet()) {
                if (!KEYS.contains(key)) {
                    throw new Wrong(key);
                }
            }
            String text = text("text");
            String textFile = text("textFile");
            String subject = text("subject");
            MailExtras extras = extras();
            boolean html = extras.html() != null || extras.htmlFile() != null;
            if (subject == null) {
                throw new Wrong("subject");
            }
            if ((text != null && textFile != null) || (text == null && textFile == null && !html)) {
                throw new Wrong("text | textFile");
            }
            return Result.ok(new MailOrder(
                    list("to"),
                    list("cc"),
                    list("bcc"),
                    subject,
                    text,
                    textFile == null ? null : base.resolve(textFile),
                    list("attach"),
                    base,
                    extras));
        }

        private MailExtras extras() throws Wrong {
            String html = text("html");
            String htmlFile = file("htmlFile");
            if (html != null && htmlFile != null) {
                throw new Wrong("html | htmlFile");
            }
            return new MailExtras(
                    text("from"),
                    list("replyTo"),
                    html,
                    htmlFile,
                    file("signatureFile"),
                    Objects.requireNonNullElse(
                            choice("importance", MailExtras.Importance.class), MailExtras.Importance.NORMAL),
                    file("attachList"),
                    choice("ifRefused", IfRefused.class),
                    MailExtras.EndsAt.LEFT,
                    null,
                    null,
                    null);
        }

        private @Nullable String file(String key) throws Wrong {
            String name = text(key);
            try {
                return name == null ? null : base.resolve(name).toString();
            } catch (InvalidPathException wrong) {
                throw new Wrong(key);
            }
        }

        private <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) throws Wrong {
            String word = text(key);
            for (E one : type.getEnumConstants()) {
                if (Fields.word(one).equals(word)) {
                    return one;
                }
            }
            if (word != null) {
                throw new Wrong(key);
            }
            return null;
        }

        private @Nullable String text(String key) throws Wrong {
            Object value = values.get(key);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw new Wrong(key);
        }

        private List<String> list(String key) throws Wrong {
            Object value = values.get(key);
            List<String> texts = new ArrayList<>();
            if (value == null) {
                return texts;
            }
            if (!(value instanceof List<?> items)) {
                throw new Wrong(key);
            }
            for (Object item : items) {
                if (!(item instanceof String text)) {
                    throw new Wrong(key);
                }
                texts.add(text);
            }
            return texts;
        }
    }
}
