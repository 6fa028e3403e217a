package ekiden.mail.receive.smtpd;

import ekiden.base.Ids;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.disk.FileDisk;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own with a small heap: a listener, and a client that sends it mails of which one is large. Arguments:
 * folder, mebibytes. Writes what it saw to {@code result} in the folder.
 */
final class BigMail {
    private static final long MILLI = 1_000_000;
    private static final String LINE = "x".repeat(76) + "\r\n";

    private BigMail() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        long bytes = Long.parseLong(arguments[1]) << 20;
        SystemClock clock = new SystemClock();
        List<RawMail> mails = new ArrayList<>();
        try (ThreadTasks tasks = new ThreadTasks()) {
            FileDisk disk = new FileDisk();
            Spool spool = SmtpdRig.ok(Spool.start(disk, folder.resolve("spool"), SpoolLimits.DEFAULT, clock));
            Delivery delivery = (envelope, mail) -> {
                mails.add(mail);
                return CompletableFuture.completedFuture(List.of(new RecipientVerdict.Accepted("taken")));
            };
            long[] ends = new long[1];
            SmtpdListener listener = new SmtpdListener() {
                @Override
                public void endOfData(String place, long nanos) {
                    ends[0] = nanos;
                }
            };
            SmtpdParts parts = new SmtpdParts(spool, delivery, new Ids(clock), clock, tasks, disk, listener);
            SmtpdSettings settings = SmtpdSettings.loopback(0, Map.of("orders@localhost", "orders"));
            try (SmtpServer server = SmtpdRig.ok(SmtpServer.start(settings, parts));
                    SmtpClient client = new SmtpClient(server.address(), Duration.ofMinutes(10))) {
                client.expect(220);
                client.say("EHLO big", 250);
                send(client, bytes / 8);
                long begun = clock.nanos();
                send(client, bytes);
                long done = clock.nanos();
                RawMail mail = mails.getLast();
                Files.writeString(
                        folder.resolve("result"),
                        mail.size() + " " + (ends[0] - begun) / MILLI + " " + (done - begun) / MILLI + " "
                                + peakKilobytes() + " " + mail.sha256());
            }
        }
    }

    private static void send(SmtpClient client, long bytes) throws IOException {
        client.say("MAIL FROM:<>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        client.say("DATA", 354);
        byte[] block = LINE.repeat(4096).getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < bytes; sent += block.length) {
            client.raw(block);
        }
        client.send(".").expect(250);
    }

    private static long peakKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
