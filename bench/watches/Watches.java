package ekiden.bench;

import ekiden.mail.match.TestedMail;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Mails a second that one core reads and matches. A thousand mails of about 4 KB, half of them Japanese; senders, words and numbers are drawn, so
 * that a mail meets a few of the watches. Words of conditions are made of those of which mails are made: the automaton often begins and rarely ends.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Watches {
    private static final int MAILS = 1_000;
    private static final String[] WORDS = {
        "order", "invoice", "report", "urgent", "stock", "price", "delivery", "branch", "system", "backup", "failed", "daily",
        "注文書", "請求書", "納品", "在庫", "見積", "至急", "承認", "日報", "障害", "支店", "東京", "大阪", "確認", "お願い", "いたします", "について"
    };

    /** How many watches. */
    @Param({"1", "10000"})
    public int watches;

    private final List<byte[]> mails = new ArrayList<>();
    private final List<TestedMail> read = new ArrayList<>();
    private WatchSet set = new WatchSet(Map.of());
    private int next;

    /** Makes mails and watches. */
    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MAILS; i++) {
            byte[] mail = mail(random, i);
            mails.add(mail);
            read.add(read(mail));
        }
        Map<String, Conditions> conditions = new LinkedHashMap<>();
        for (int i = 0; i < watches; i++) {
            conditions.put("w" + i, conditions(random, i));
        }
        set = new WatchSet(conditions);
    }

    private static String words(SplittableRandom random, int count, String between) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : between).append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }

    private static byte[] mail(SplittableRandom random, int number) {
        StringBuilder text = new StringBuilder();
        while (text.length() < (number % 2 == 0 ? 1_000 : 2_500)) {
            text.append(words(random, 8, number % 2 == 0 ? "" : " ")).append(" No.").append(random.nextInt(100_000)).append("\r\n");
        }
        String subject = words(random, 4, "") + " " + random.nextInt(100_000);
        String encoded = Base64.getEncoder().encodeToString(subject.getBytes(StandardCharsets.UTF_8));
        String mail = "Received: from mx.example.jp by mail.example.jp with ESMTPS id 1\r\n".repeat(3)
                + "From: Sender <user" + random.nextInt(12_000) + "@customer.example>\r\nTo: <orders@example.jp>\r\n"
                + "Subject: =?utf-8?B?" + encoded + "?=\r\nMessage-ID: <" + number + "@customer.example>\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text;
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    private static Conditions conditions(SplittableRandom random, int number) {
        String numbered = words(random, 2, "") + " " + random.nextInt(100_000);
        int kind = number % 100;
        if (kind < 60) {
            return new Conditions(List.of("user" + random.nextInt(12_000) + "@customer.example"), List.of(), List.of());
        }
        if (kind < 90) {
            return new Conditions(List.of(), List.of(numbered), List.of());
        }
        if (kind < 99) {
            return new Conditions(List.of(), List.of(), List.of(numbered));
        }
        String regex = words(random, 2, "") + " [0-9]*" + random.nextInt(100) + "$";
        Entry entry = new Entry(regex, Entry.Form.REGEX, Entry.Look.USUAL, false, false, false);
        return Conditions.NONE.map((list, entries) -> list.equals("subject") ? List.of(entry) : entries);
    }

    private static TestedMail read(byte[] mail) {
        if (!(MessageReader.read(new BytesSource(mail), MimeLimits.DEFAULT) instanceof Reading.Readable(Message message))) {
            throw new IllegalStateException("not read");
        }
        return TestedMail.whole(message.summary(), message.text(), message.header(), mail.length);
    }

    /** {@return the watches that a mail matches, read from its bytes} */
    @Benchmark
    public List<String> readAndMatch() {
        next = (next + 1) % MAILS;
        return set.matching(read(mails.get(next)));
    }

    /** {@return the watches that a mail matches which was read before} */
    @Benchmark
    public List<String> match() {
        next = (next + 1) % MAILS;
        return set.matching(read.get(next));
    }
}
