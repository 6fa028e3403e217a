package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mails as nobody should send them, each in a file named after its situation, beside it what is to come out. All are read with LF, with CRLF and with
 * CR as their line break and give the same.
 */
class StrangeMailsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "mails", "strange");
    private static final int FEWEST = 100;

    private static List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Arguments> mailsWithLineBreaks() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Path mail : mails()) {
            String name = String.valueOf(mail.getFileName()).replace(".eml", "");
            if (expected(name).containsKey("lineBreaks")) {
                all.add(Arguments.of(name, ""));
                continue;
            }
            for (String lineBreak : new String[] {"LF", "CRLF", "CR"}) {
                all.add(Arguments.of(name, lineBreak));
            }
        }
        return all.stream();
    }

    private static Map<String, Object> expected(String name) throws IOException {
        return Json.readMap(Files.readString(FOLDER.resolve(name + ".json"), StandardCharsets.UTF_8));
    }

    private static byte[] mail(String name, String lineBreak) throws IOException {
        byte[] asItIs = Files.readAllBytes(FOLDER.resolve(name + ".eml"));
        String text = new String(asItIs, StandardCharsets.ISO_8859_1);
        return switch (lineBreak) {
            case "CRLF" -> bytes(text.replace("\n", "\r\n"));
            case "CR" -> bytes(text.replace('\n', '\r'));
            default -> asItIs;
        };
    }

    @Test
    void everyMailHasItsResultAndEveryResultItsMail() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            long results =
                    files.filter(file -> file.toString().endsWith(".json")).count();
            assertThat(mails()).hasSizeGreaterThanOrEqualTo(FEWEST).hasSize((int) results);
        }
    }

    /** What other mail triggers stumbled over, by its number in the survey of their trackers. */
    @Test
    void everyRowOfThePeersThatOneMailCanShowHasAMail() throws IOException {
        Set<Integer> rows = new TreeSet<>();
        for (Path mail : mails()) {
            if (expected(String.valueOf(mail.getFileName()).replace(".eml", "")).get("peers") instanceof Number row) {
                rows.add(row.intValue());
            }
        }
        assertThat(rows).contains(24, 25, 28, 37, 38, 39, 40, 41, 42, 43, 44, 53);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mailsWithLineBreaks")
    @SuppressWarnings("unchecked")
    void strangeMailGivesWhatItShould(String name, String lineBreak) throws IOException {
        Map<String, Object> expected = expected(name);
        byte[] mail = mail(name, lineBreak);
        check(mail, MessageReader.readOrThrow(new BytesSource(mail), MimeLimits.DEFAULT, Opening.USUAL), expected);
        if (expected.get("asSent") instanceof Map<?, ?> asSent) {
            Reading reading = MessageReader.readOrThrow(new BytesSource(mail), MimeLimits.DEFAULT, Opening.AS_SENT);
            check(mail, reading, (Map<String, Object>) asSent);
        }
    }

    private static void check(byte[] mail, Reading reading, Map<String, Object> expected) {
        switch (reading) {
            case Reading.Unreadable(var problem) -> assertThat(problem.id()).isEqualTo(expected.get("error"));
            case Reading.Readable(Message message) -> {
                assertThat(expected).doesNotContainKey("error");
                assertThat(message.text()).isEqualTo(expected.get("text"));
                assertThat(new TreeSet<>(message.summary().problems()).toString())
                        .isEqualTo(String.valueOf(expected.get("problems")));
                if (expected.containsKey("subject")) {
                    assertThat(message.summary().subject()).isEqualTo(expected.get("subject"));
                }
                if (expected.containsKey("from")) {
                    assertThat(message.summary().from().stream()
                                    .map(Address::address)
                                    .toList()
                                    .toString())
                            .isEqualTo(String.valueOf(expected.get("from")));
                }
                attachments(mail, message, (List<?>) Objects.requireNonNull(expected.get("attachments")));
            }
        }
    }

    private static void attachments(byte[] mail, Message message, List<?> expected) {
        List<String> shown = new ArrayList<>();
        for (Part part : message.attachments()) {
            shown.add(part.summary().name() + " | " + part.summary().type());
        }
        List<String> wanted = new ArrayList<>();
        for (Object one : expected) {
            Map<?, ?> attachment = (Map<?, ?>) one;
            wanted.add(attachment.get("name") + " | " + attachment.get("type"));
        }
        assertThat(shown).isEqualTo(wanted);
        for (int i = 0; i < expected.size(); i++) {
            content(mail, message.attachments().get(i), (Map<?, ?>) expected.get(i));
        }
    }

    private static void content(byte[] mail, Part part, Map<?, ?> expected) {
        String content = Mails.content(mail, part);
        assertThat((long) content.length()).isEqualTo(part.summary().size());
        if (expected.get("content") instanceof String text) {
            assertThat(content.replace("\r\n", "\n").replace('\r', '\n')).isEqualTo(text);
        }
        if (expected.get("base64") instanceof String base64) {
            assertThat(bytes(content)).isEqualTo(Base64.getDecoder().decode(base64));
        }
        if (expected.get("savedName") instanceof String savedName) {
            assertThat(SafeName.clean(part.summary().name())).isEqualTo(savedName);
        }
    }
}
