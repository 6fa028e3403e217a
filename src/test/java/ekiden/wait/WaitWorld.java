package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Trial;
import ekiden.mail.save.NameTemplate;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mailbox, a disk and a reader of lines around the steps of a call; what each of them may rely on is checked as it happens. */
final class WaitWorld {
    static final Path STATE = Path.of("/state");
    static final Path OUT = Path.of("/out");
    static final String GROUP = "INBOX/1/";

    final MemoryDisk disk;
    final Map<Long, String> unread = new LinkedHashMap<>();
    final Map<String, List<String>> lines = new LinkedHashMap<>();
    final Set<String> receipts = new LinkedHashSet<>();
    private final Map<Long, String> texts = new LinkedHashMap<>();
    Rule rule = Rule.FLAT;
    Conditions conditions = new Conditions(List.of(), List.of(), List.of());
    /** UID of a mail for which the memory does not suffice once it was read; 0 for none. */
    long tooMuch;

    int count = 100;
    WaitLimits limits = WaitLimits.DEFAULT;
    /** What comes of suspect mails. */
    Trial.Verdict verdict = Trial.Verdict.HARMFUL;

    boolean shareForces;
    boolean readerGone;
    boolean mailboxTakesAcknowledgements = true;
    Instant now = Instant.parse("2026-11-23T10:00:00Z");

    enum Rule {
        NOTHING,
        FOLDERS,
        FLAT
    }

    WaitWorld(MemoryDisk disk) throws IOException {
        this.disk = disk;
        disk.makeFolders(STATE);
        disk.makeFolders(OUT);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant now() {
                return now;
            }

            @Override
            public long nanos() {
                return 0;
            }
        };
    }

    void mail(long uid, String subject, String text, String... attachments) {
        StringBuilder mail = new StringBuilder("From: a@example.jp\r\nSubject: " + subject + "\r\nMessage-ID: <" + uid
                + "@t>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + text + "\r\n");
        for (String attachment : attachments) {
            mail.append("--b\r\nContent-Disposition: attachment; filename=\"")
                    .append(attachment)
                    .append("\"\r\n\r\n")
                    .append(attachment + " of " + uid)
                    .append("\r\n");
        }
        mail.append("--b--\r\n");
        unread.put(uid, mail.toString());
        texts.put(uid, text);
    }

    void raw(long uid, String mail) {
        unread.put(uid, mail);
    }

    /** A mail that can be read once; then the memory does not suffice. */
    private static final class TooMuch implements RawSource {
        private final BytesSource bytes;
        private int reads;
        private int most = Integer.MAX_VALUE;

        TooMuch(String text) {
            this.bytes = new BytesSource(text.getBytes(StandardCharsets.UTF_8));
            assertThat(MessageReader.read(this, MimeLimits.DEFAULT, Opening.USUAL))
                    .isInstanceOf(Reading.Readable.class);
            this.most = 2 * reads;
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int readAt(long offset, ByteBuffer into) {
            reads++;
            if (reads > most) {
                throw new OutOfMemoryError("planted by the test");
            }
            return bytes.readAt(offset, into);
        }

        @Override
        public void close() {
            bytes.close();
        }
    }

    private WaitFiles files() {
        return switch (rule) {
            case NOTHING -> new NoFiles();
            case FOLDERS -> new FolderFiles(disk, OUT, () -> ZoneOffset.UTC);
            case FLAT ->
                new FlatFiles(
                        disk,
                        OUT,
                        template("{subject}.txt", NameTemplate.OF_MAIL),
                        template("{name}", NameTemplate.OF_ATTACHMENT),
                        () -> ZoneOffset.UTC);
        };
    }

    static NameTemplate template(String text, Set<String> known) {
        return ((Result.Ok<NameTemplate>) NameTemplate.parse(text, known)).value();
    }

    /** One call: sees what is unread, in batches, and ends. Answers the problem that stopped it. */
    @Nullable
    Problem call(int batch) throws IOException {
        Result<WaitJournal> opened = WaitJournal.open(disk, STATE, "0123456789ab", limits, now);
        WaitJournal journal = ((Result.Ok<WaitJournal>) opened).value();
        try (journal) {
            WaitWork work = new WaitWork(
                    new WaitWork.Ports(
                            clock(),
                            "m",
                            conditions,
                            count,
                            files(),
                            this::print,
                            (name, raw) -> verdict,
                            Opening.USUAL,
                            limits),
                    journal);
            assertThat(work.begin()).isNull();
            List<Arrival> mails = arrivals();
            for (int from = 0; from < mails.size(); from += batch) {
                int to = Math.min(mails.size(), from + batch);
                Problem problem = batch(work, mails.subList(from, to), shareForces && to < mails.size());
                if (problem != null) {
                    return problem;
                }
            }
            work.end();
            return null;
        }
    }

    List<Arrival> arrivals() {
        List<Arrival> mails = new ArrayList<>();
        unread.forEach((uid, text) -> mails.add(new Arrival(
                new WaitRecord.Mail(GROUP + uid, null, null),
                Long.toString(uid),
                uid == tooMuch ? new TooMuch(text) : new BytesSource(text.getBytes(StandardCharsets.UTF_8)),
                now,
                null)));
        return mails;
    }

    private @Nullable Problem batch(WaitWork work, List<Arrival> mails, boolean more) throws IOException {
        Result<WaitWork.Finished> finished = work.finish(work.open(mails), more, (mail, why) -> {});
        if (finished instanceof Result.Failed<WaitWork.Finished>(Problem problem)) {
            return problem;
        }
        WaitWork.Finished done = ((Result.Ok<WaitWork.Finished>) finished).value();
        done.acknowledge().values().forEach(mail -> receipts.add(mail.key()));
        if (mailboxTakesAcknowledgements) {
            done.acknowledge().values().forEach(this::acknowledge);
            work.acknowledged(UidSet.of(done.acknowledge().keySet()));
        }
        return done.problems().isEmpty() ? null : done.problems().getFirst();
    }

    private void acknowledge(WaitRecord.Mail mail) {
        long uid = Long.parseLong(mail.key().substring(GROUP.length()));
        if (rule != Rule.NOTHING) {
            for (String path :
                    paths(Objects.requireNonNull(lines.get(mail.key())).getLast())) {
                assertThat(disk.durableFiles())
                        .as("what is acknowledged is durable: %s", path)
                        .containsKey(Path.of(path));
            }
        }
        unread.remove(uid);
    }

    /** The lines of one mail. */
    List<String> linesOf(long uid) {
        return lines.getOrDefault(GROUP + uid, List.of());
    }

    private boolean print(byte[] bytes) {
        if (readerGone) {
            return false;
        }
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            String key = String.valueOf(Json.readMap(line).get("identity")).substring("m/".length());
            assertThat(receipts).as("a mail with a receipt does not come again").doesNotContain(key);
            lines.computeIfAbsent(key, first -> new ArrayList<>()).add(line);
            for (String path : paths(line)) {
                assertThat(disk.durableFiles()).as("what is printed is durable").containsKey(Path.of(path));
            }
        }
        return true;
    }

    /** The saved files that a line names. */
    static List<String> paths(String line) {
        List<String> paths = new ArrayList<>();
        if (Json.readMap(line).get("saved") instanceof Map<?, ?> saved) {
            paths.add(String.valueOf(saved.get("body")));
            if (saved.get("attachments") instanceof List<?> attachments) {
                attachments.forEach(path -> paths.add(String.valueOf(path)));
            }
        }
        return paths;
    }

    /** After everything went well: each mail has its line, its files, and nothing else is there. */
    void complete(long... uids) {
        assertThat(unread).isEmpty();
        assertThat(lines.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(uids).mapToObj(uid -> GROUP + uid).toList());
        Set<Path> named = new LinkedHashSet<>();
        lines.forEach((key, printed) -> {
            List<String> paths = paths(printed.getLast());
            for (String line : printed) {
                assertThat(paths(line)).as("again is again the same").isEqualTo(paths);
            }
            paths.forEach(path -> assertThat(named.add(Path.of(path)))
                    .as("one file for one mail: %s", path)
                    .isTrue());
            content(Long.parseLong(key.substring(GROUP.length())), paths);
        });
        Set<Path> present = new LinkedHashSet<>(disk.files().keySet());
        present.removeIf(
                path -> path.startsWith(STATE) || path.endsWith("mail.json") || path.endsWith("attachments.list"));
        assertThat(present).containsExactlyInAnyOrderElementsOf(named);
    }

    private void content(long uid, List<String> paths) {
        Map<Path, byte[]> files = disk.files();
        assertThat(files.get(Path.of(paths.getFirst())))
                .asString(StandardCharsets.UTF_8)
                .contains(Objects.requireNonNull(texts.get(uid)));
        for (String path : paths.subList(1, paths.size())) {
            assertThat(files.get(Path.of(path)))
                    .asString(StandardCharsets.UTF_8)
                    .endsWith(" of " + uid);
        }
    }
}
