package ekiden.main;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.cli.Terminal;
import ekiden.cli.WaitRequest;
import ekiden.config.HomePaths;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.ReadMailJson;
import ekiden.mail.mime.Reading;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code mail wait}: one for each mail that was taken and saved, in the order in which they were taken. The line is written
 * and flushed, then its receipt is forced to the disk. Safe from any thread.
 */
final class WaitLines {
    private static final EnumSet<RunStatus> ENDED = EnumSet.of(RunStatus.ENDED_NORMALLY);

    private final Works works;
    private final Terminal terminal;
    private final int count;
    private final Disk disk = new FileDisk();
    private final Path receipts;
    private final Set<String> given = new HashSet<>();
    private int printed;
    private @Nullable Problem problem;

    private WaitLines(Works works, Path receipts, Terminal terminal, int count) {
        this.works = works;
        this.receipts = receipts;
        this.terminal = terminal;
        this.count = count;
    }

    static WaitLines open(Works works, HomePaths state, Terminal terminal, WaitRequest request) throws IOException {
        Path receipts = state.folder().resolve("receipts");
        WaitLines lines = new WaitLines(works, receipts, terminal, request.count());
        lines.read();
        return lines;
    }

    private void read() throws IOException {
        if (!disk.exists(receipts)) {
            return;
        }
        try (InputStream in = disk.read(receipts)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // a line that a crash cut short is no receipt
            int whole = text.lastIndexOf('\n') + 1;
            given.addAll(text.substring(0, whole).lines().toList());
        }
    }

    /** Prints what has no receipt yet; says whether that was enough. */
    synchronized boolean printNew() {
        List<Run> runs = works.store().read(tx -> tx.runs().in(WaitMailCommand.UNIT, ENDED));
        for (Run run : runs) {
            if (printed < count && problem == null && !given.contains(run.id().toString())) {
                print(run);
            }
        }
        return printed >= count || problem != null;
    }

    private void print(Run run) {
        try {
            terminal.out().println(Json.write(line(run)));
            terminal.out().flush();
            receipt(run);
            printed++;
        } catch (IOException wrong) {
            String reason = String.valueOf(wrong.getMessage());
            problem = Problem.of(MailCommandMessage.RECEIPTS, "file", receipts, "reason", reason);
        }
    }

    private void receipt(Run run) throws IOException {
        String id = run.id().toString();
        try (Disk.Output out = disk.append(receipts)) {
            out.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        if (given.isEmpty()) {
            disk.forceFolder(Objects.requireNonNull(receipts.getParent()));
        }
        given.add(id);
    }

    private Map<String, @Nullable Object> line(Run run) throws IOException {
        Claim claim = works.store()
                .read(tx ->
                        tx.claims().find(Objects.requireNonNull(run.claim())).orElseThrow());
        CatalogueMail mail =
                works.store().read(tx -> tx.mails().find(claim.mail()).orElseThrow());
        Map<String, @Nullable Object> line = new LinkedHashMap<>(content(mail));
        SavedMail saved = Objects.requireNonNull(claim.saved());
        Map<String, @Nullable Object> files = new LinkedHashMap<>();
        files.put("folder", saved.folder());
        files.put("body", saved.body());
        files.put("list", saved.list());
        files.put(
                "attachments",
                saved.attachments().stream().map(SavedMail.SavedFile::path).toList());
        line.put("saved", files);
        line.put("identity", mail.identity().toString());
        return line;
    }

    private Map<String, @Nullable Object> content(CatalogueMail mail) throws IOException {
        Result<RawSource> opened = works.raw(Objects.requireNonNull(mail.raw()));
        if (!(opened instanceof Result.Ok<RawSource>(RawSource raw))) {
            return Map.of("error", MessageId.Kind.RETRYABLE.name());
        }
        try (raw) {
            return switch (MessageReader.read(raw, MimeLimits.DEFAULT)) {
                case Reading.Readable(Message message) -> ReadMailJson.readable(null, message, raw, false);
                case Reading.Unreadable(Problem why) -> Map.of("error", why.id());
            };
        }
    }

    /** Mails this call has printed. */
    synchronized int printed() {
        return printed;
    }

    /** Why nothing more can be printed, or null. */
    synchronized @Nullable Problem problem() {
        return problem;
    }
}
