package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.SystemClock;
import ekiden.base.Tasks;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.Bodies;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.ReceiveMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
    private static final Tasks NO_TASKS = new Tasks() {
        @Override
        public void run(String name, Runnable task) {
            throw new IllegalStateException(name);
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            return () -> {};
        }
    };

    private static final ImapLimits SMALL =
            new ImapLimits(1000, 100, 50, 4, 20, 1000, 1000, 8000, 500, 3, 64 * 1024, 10, 1);

    private static final String DIALOGUE = """
            * OK [CAPABILITY IMAP4rev1 IDLE] ready
            + go on
            * CAPABILITY IMAP4rev1 UIDPLUS
            * 12 EXISTS
            * 0 RECENT
            * 3 EXPUNGE
            * SEARCH 2 3 6
            * SEARCH
            * ESEARCH (TAG "a1") UID COUNT 3 ALL 2,4:9 MIN 2
            * LIST (\\Noselect \\HasChildren) "/" {3}
            a/b
            * LIST () NIL "with \\"quotes\\""
            * ID ("name" "Some \\\\ server" "version" NIL)
            * 1 FETCH (UID 7 BODY[] {11}
            0123456789) FLAGS (\\Seen $x) X-GM (1 (2 "3)" {2}
            )))))
            * 2 FETCH (BODY[HEADER] ~{4}
            abcd RFC822.SIZE 99 INTERNALDATE "17-Jul-1996 02:44:25 -0700" UID 8 FLAGS ())
            * 3 FETCH (UID 9 BODY[]<5> "quoted \\" body")
            * 4 FETCH (UID 10 BODY[] NIL)
            * 5 FETCH (BODY[] {3}
            xyz UID 11)
            * 6 FETCH (UID 12 BODY[HEADER.FIELDS (SUBJECT)] {2}
            ab BODYSTRUCTURE (("text" "plain" NIL) "mixed"))
            * VANISHED (EARLIER) 1:5
            * NAMESPACE (("" {1}
            /)) NIL NIL
            * BYE [UNAVAILABLE] later
            a1 NO [TRYCREATE] no folder
            a2 OK [COPYUID 1 2:3 4:5] copied
            """.replace("\n", "\r\n");

    /** What was read, as text: two readings can be compared. */
    private static final class Told implements Takers {
        final List<String> events = new ArrayList<>();
        final Bodies bodies = new Bodies();

        @Override
        public BodySink.@Nullable Body body(long uid, long size) {
            events.add("body " + uid + " " + size);
            return uid == 0 ? null : bodies.begin(uid, size);
        }

        @Override
        public void hits(long first, long last) {
            events.add("hits " + first + ":" + last);
        }
    }

    private static ResponseReader reader(byte[] bytes, IntUnaryOperator piece, ImapLimits limits) {
        ImapSettings settings =
                ImapSettings.inbox(new HostPort("127.0.0.1", 1), Security.NONE).with(limits);
        try {
            ImapWire wire = new ImapWire(new BytesSocket(bytes, piece), new SystemClock(), NO_TASKS, settings);
            wire.within(Duration.ofMinutes(5));
            return new ResponseReader(wire, settings.timeouts(), limits);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Everything up to the end of the bytes, or to what ends the session. */
    private static List<String> read(byte[] bytes, IntUnaryOperator piece, ImapLimits limits) {
        ResponseReader reader = reader(bytes, piece, limits);
        Told record = new Told();
        try {
            while (true) {
                record.events.add(shown(reader.next(record)));
            }
        } catch (ImapStop stop) {
            record.events.add(stop.message() + " " + stop.reply());
        }
        record.bodies
                .whole()
                .forEach((uid, body) -> record.events.add(uid + "=" + new String(body, StandardCharsets.ISO_8859_1)));
        assertThat(record.bodies.wrong()).isEmpty();
        return record.events;
    }

    private static String shown(Response response) {
        return response instanceof Response.Fetched(MailData mail)
                ? "fetched " + mail.uid + " " + mail.size + " " + mail.received + " "
                        + (mail.flags == null ? null : new TreeSet<>(mail.flags)) + " "
                        + (mail.header == null ? null : new String(mail.header, StandardCharsets.ISO_8859_1)) + " "
                        + mail.bodyDropped
                : response.toString();
    }

    private static List<String> read(String text, ImapLimits limits) {
        return read(text.getBytes(StandardCharsets.ISO_8859_1), at -> Integer.MAX_VALUE, limits);
    }

    @Test
    void bodyWhoseSizeIsALieIsNotWhole() {
        List<String> events =
                read("* 1 FETCH (UID 1 BODY[] {7}\r\nhi)\r\na6 OK done\r\n* 2 EXISTS\r\n", ImapLimits.DEFAULT);
        assertThat(events).contains("body 1 7").noneMatch(event -> event.startsWith("1="));
        assertThat(events.get(1)).startsWith("NOT_UNDERSTOOD");
    }

    private static String last(String text, ImapLimits limits) {
        return read(text, limits).getLast();
    }

    @Test
    void dialogueIsUnderstood() {
        List<String> events = read(DIALOGUE, ImapLimits.DEFAULT);
        assertThat(events)
                .contains(
                        "Continue[text=go on]",
                        "Exists[count=12]",
                        "Expunged[number=3]",
                        "hits 2:2",
                        "hits 6:6",
                        "hits 4:9",
                        "Searched[tag=a1]",
                        "Listed[attributes=[\\Noselect, \\HasChildren], separator=/, name=a/b]",
                        "Listed[attributes=[], separator=, name=with \"quotes\"]",
                        "Identified[fields={name=Some \\ server}]",
                        "body 7 11",
                        "fetched 7 -1 null [$x, \\Seen] null false",
                        "7=0123456789)",
                        "fetched 8 99 17-Jul-1996 02:44:25 -0700 [] abcd false",
                        "9=quoted \" body",
                        "fetched 10 -1 null null null false",
                        "body 0 3",
                        "fetched 11 -1 null null null true",
                        "fetched 12 -1 null null null false",
                        "Other[word=VANISHED]",
                        "Other[word=NAMESPACE]",
                        "Untagged[status=BYE, code=Code[name=UNAVAILABLE, arguments=], text=later]",
                        "Tagged[tag=a1, status=NO, code=Code[name=TRYCREATE, arguments=], text=no folder]",
                        "Tagged[tag=a2, status=OK, code=Code[name=COPYUID, arguments=1 2:3 4:5], text=copied]");
        assertThat(events).doesNotContain("10=").anyMatch(event -> event.startsWith("LOST"));
    }

    @Property(tries = 300)
    void anySplitOfTheBytesGivesTheSame(@ForAll long seed) {
        byte[] bytes = DIALOGUE.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(seed);
        List<String> split = read(bytes, at -> 1 + random.nextInt(40), ImapLimits.DEFAULT);
        assertThat(split).isEqualTo(read(DIALOGUE, ImapLimits.DEFAULT));
    }

    @Property(tries = 2000)
    void whateverComesTheReaderEndsWithinItsLimits(@ForAll("hostile") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(bytes, at -> 7, SMALL)).hasSizeLessThanOrEqualTo(bytes.length * 2 + 2);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> pieces = Arbitraries.of(Arrays.asList(
                "* ",
                "a1 ",
                "OK ",
                "1 FETCH ",
                "(",
                ")",
                "UID 5",
                " ",
                "BODY[] ",
                "BODY[HEADER] ",
                "{3}\r\n",
                "{999999999999}\r\n",
                "{99999999999999999999}\r\n",
                "\r\n",
                "\n",
                "\"",
                "\\",
                "~",
                "[",
                "]",
                "SEARCH ",
                "ESEARCH ",
                "ALL ",
                "1:5,",
                "LIST ",
                "ID ",
                "NIL",
                "BYE ",
                "+ ",
                "\0",
                "\u00ff",
                "FLAGS ",
                "((((((",
                "{",
                "}",
                "123456789012345678901234567890",
                "EXISTS"));
        return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @Test
    void lineOverTheLimitEndsTheSession() {
        String fits = "* OK " + "x".repeat(SMALL.lineBytes() - 7) + "\r\n";
        assertThat(fits).hasSize(SMALL.lineBytes());
        assertThat(last(fits, SMALL)).startsWith("LOST");
        assertThat(last(fits.replace("\r\n", "x\r\n"), SMALL)).isEqualTo("TOO_MUCH line 1000");
        assertThat(last("* 1 FETCH (" + "FLAGS () ".repeat(200) + ")\r\n", SMALL))
                .isEqualTo("TOO_MUCH line 1000");
    }

    @Test
    void numbersOfASearchDoNotCountAsALine() {
        String numbers = "* SEARCH" + " 123456".repeat(300) + "\r\n";
        assertThat(read(numbers, SMALL)).hasSize(302).contains("Searched[tag=null]");
        String set = "* ESEARCH (TAG \"a\") UID ALL 5" + ",123456:123457".repeat(300) + "\r\n";
        assertThat(read(set, SMALL)).hasSize(303).contains("Searched[tag=a]");
    }

    @Test
    void textInALiteralHasALimit() {
        String name = "x".repeat(SMALL.textBytes());
        assertThat(last("* LIST () NIL {100}\r\n" + name + "\r\n", SMALL)).startsWith("LOST");
        assertThat(last("* LIST () NIL {101}\r\n" + name + "x\r\n", SMALL)).isEqualTo("TOO_MUCH text 100");
    }

    @Test
    void listsInListsHaveALimit() {
        assertThat(last("* 1 FETCH (X ((((1)))))\r\n", SMALL)).startsWith("LOST");
        assertThat(last("* 1 FETCH (X (((((1))))))\r\n", SMALL)).isEqualTo("TOO_MUCH nesting 4");
    }

    @Test
    void headerIsKeptUpToTheLimitAndReadOnBehindIt() {
        String header = "h".repeat(SMALL.headerBytes() + 1);
        List<String> events = read("* 1 FETCH (UID 1 BODY[HEADER] {51}\r\n" + header + ")\r\n* 9 EXISTS\r\n", SMALL);
        assertThat(events).contains("fetched 1 -1 null null " + "h".repeat(50) + " false", "Exists[count=9]");
    }

    @Test
    void bodyThatEndsEarlyIsCut() {
        ResponseReader reader =
                reader("* 1 FETCH (UID 1 BODY[] {10}\r\n12345".getBytes(StandardCharsets.US_ASCII), at -> 3, SMALL);
        Told record = new Told();
        try {
            throw new AssertionError(reader.next(record));
        } catch (ImapStop stop) {
            assertThat(stop.message()).isEqualTo(ReceiveMessage.LOST);
        }
        assertThat(record.bodies.whole()).isEmpty();
        assertThat(record.bodies.cutOff()).containsOnlyKeys(1L);
        assertThat(record.bodies.wrong()).isEmpty();
    }

    @Test
    void hugeLiteralAllocatesNothingBeforeItComes() {
        assertThat(last("* 1 FETCH (UID 1 BODY[HEADER] {999999999999999999}\r\nx", SMALL))
                .startsWith("LOST");
        assertThat(last("* 1 FETCH (UID 1 X {999999999999999999}\r\nx", SMALL)).startsWith("LOST");
        assertThat(last("* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\nx", SMALL))
                .isEqualTo("TOO_MUCH number");
    }

    @Test
    void bodyThatIsSaidToBeLargerThanAnyDiskIsWaitedForLikeAnother() {
        assertThat(last("* 1 FETCH (UID 1 BODY[] {9223372036854775807}\r\nx", SMALL))
                .startsWith("LOST");
        assertThat(last("* 1 FETCH (UID 0 BODY[] {4611686018427387904}\r\nx", SMALL))
                .startsWith("LOST");
    }

    @Test
    void oneAnswerToIdDoesNotFillTheMemory() {
        String longName = "* ID ({31}\r\n" + "n".repeat(31) + " x name Server)\r\n";
        assertThat(read(longName, SMALL)).contains("Identified[fields={name=Server}]");
        StringBuilder many = new StringBuilder("* ID (");
        for (int i = 0; i < 60; i++) {
            many.append("{4}\r\n").append(1000 + i).append(" v ");
        }
        String kept = read(many.append(")\r\n").toString(), SMALL).getFirst();
        assertThat(kept).startsWith("Identified").contains("1000=v", "1029=v").doesNotContain("1030=v");
    }
}
