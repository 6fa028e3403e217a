package ekiden.definition;

import ekiden.model.mail.Address;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.MailSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a run that fill templates (JP1: passing information).
 *
 * @param byName full name to value
 */
public record Values(Map<String, Value> byName) {
    /** No values. */
    public static final Values NONE = new Values(Map.of());

    /** Copies the map. */
    public Values {
        byName = Map.copyOf(byName);
    }

    /** One value or a list of them. */
    public sealed interface Value {}

    /**
     * One value.
     *
     * @param text as it is, before control characters are blanked
     */
    public record One(String text) implements Value {}

    /**
     * Any number of values.
     *
     * @param texts as they are
     */
    public record Many(List<String> texts) implements Value {
        /** Copies the list. */
        public Many {
            texts = List.copyOf(texts);
        }
    }

    /**
     * Where a saved mail lies.
     *
     * @param folder the folder of this mail
     * @param body the file of its body text; empty where none was saved
     * @param list the attachment list file; empty where none was saved
     * @param manifest the file that describes the mail as JSON
     * @param mail the number of the mail in the catalogue
     * @param attachments the saved attachments, in the order of the mail
     */
    public record MailFiles(
            String folder, String body, String list, String manifest, String mail, List<String> attachments) {
        /** Copies the list. */
        public MailFiles {
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * @param name a full name
     * @param text its value
     * @return these values and one more, which replaces a former one of that name (JP1: the older value is overwritten)
     */
    public Values with(String name, String text) {
        return with(Map.of(name, new One(text)));
    }

    /**
     * The values of one received mail. What the mail has not (a subject, a date) is the empty text.
     *
     * @param owner {@link ValueNames#START}, or the name of the receive-mail job
     * @param summary the mail
     * @param files where it was saved
     * @return these values and those
     */
    public Values withMail(String owner, MailSummary summary, MailFiles files) {
        Map<String, Value> more = new HashMap<>();
        List<String> from = summary.from().stream().map(Address::address).toList();
        more.put("from", new One(from.isEmpty() ? "" : from.getFirst()));
        more.put("to", new Many(summary.to().stream().map(Address::address).toList()));
        more.put("subject", new One(summary.subject()));
        more.put("date", new One(text(summary.date())));
        more.put("message-id", new One(text(summary.messageId())));
        more.put("body", new One(files.body()));
        more.put("attachments", new Many(files.attachments()));
        more.put("list", new One(files.list()));
        more.put("folder", new One(files.folder()));
        more.put("manifest", new One(files.manifest()));
        more.put("mail", new One(files.mail()));
        Map<String, Value> named = new HashMap<>();
        more.forEach((name, value) -> named.put(owner + "." + name, value));
        return with(named);
    }

    /**
     * The values of a command job that has ended.
     *
     * @param job its name
     * @param exitCode what the program returned
     * @param stdout the path of what it wrote
     * @return these values and those
     */
    public Values withCommand(String job, int exitCode, String stdout) {
        return with(Map.of(
                job + ".exit-code", new One(Integer.toString(exitCode)),
                job + ".stdout", new One(stdout)));
    }

    /**
     * The values of a mail that came back. What is not said is the empty text.
     *
     * @param run the run that sent it
     * @param job the job that sent it
     * @param messageId its Message-ID
     * @param mail the number of the mail that says so
     * @param recipients those whom it did not reach
     * @return these values and those
     */
    public Values withBounce(String run, String job, String messageId, long mail, List<Bounce.Recipient> recipients) {
        boolean none = recipients.isEmpty();
        return with(Map.of(
                "bounce.run", new One(run),
                "bounce.job", new One(job),
                "bounce.message-id", new One(messageId),
                "bounce.mail", new One(Long.toString(mail)),
                "bounce.recipients",
                        new Many(recipients.stream()
                                .map(Bounce.Recipient::address)
                                .filter(one -> !one.isEmpty())
                                .toList()),
                "bounce.code", new One(none ? "" : recipients.getFirst().status()),
                "bounce.text", new One(none ? "" : recipients.getFirst().diagnostic())));
    }

    /** {@return all texts of each value, by their full names} */
    public Map<String, List<String>> texts() {
        Map<String, List<String>> texts = new HashMap<>();
        byName.forEach((name, value) -> texts.put(
                name,
                switch (value) {
                    case One(String one) -> List.of(one);
                    case Many(List<String> many) -> many;
                }));
        return texts;
    }

    /**
     * @param texts as {@link #texts} gives them
     * @return the values
     */
    public static Values of(Map<String, List<String>> texts) {
        Map<String, Value> values = new HashMap<>();
        texts.forEach((name, all) ->
                values.put(name, ValueNames.list(name) || all.size() != 1 ? new Many(all) : new One(all.getFirst())));
        return new Values(values);
    }

    private Values with(Map<String, Value> more) {
        Map<String, Value> all = new HashMap<>(byName);
        all.putAll(more);
        return new Values(all);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
