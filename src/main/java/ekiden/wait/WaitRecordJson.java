package ekiden.wait;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as maps and lists, which {@link ekiden.json.Json#writeLine} writes and {@link ekiden.json.Json#read} reads as the same records. */
final class WaitRecordJson {
    private WaitRecordJson() {}

    static Map<String, @Nullable Object> of(WaitRecord record) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", record.getClass().getSimpleName());
        switch (record) {
            case WaitRecord.Begun begun -> {
                json.put("version", begun.version());
                json.put("id", begun.id());
            }
            case WaitRecord.Taken taken -> {
                json.put("first", taken.first());
                json.put("mails", mails(taken.mails()));
            }
            case WaitRecord.Given given -> json.put("numbers", given.numbers());
            case WaitRecord.Done done -> json.put("numbers", done.numbers());
            case WaitRecord.Opening opening -> json.put("keys", opening.keys());
            case WaitRecord.Opened opened -> {}
            case WaitRecord.Ended ended -> {}
            case WaitRecord.Snapshot snapshot -> snapshot(snapshot, json);
        }
        return json;
    }

    private static void snapshot(WaitRecord.Snapshot snapshot, Map<String, @Nullable Object> json) {
        json.put("id", snapshot.id());
        json.put("next", snapshot.next());
        json.put("ended", snapshot.ended());
        List<Object> open = new ArrayList<>(snapshot.open().size());
        for (WaitRecord.Open entry : snapshot.open()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("number", entry.number());
            one.put("mail", mail(entry.mail()));
            one.put("given", entry.given());
            open.add(one);
        }
        json.put("open", open);
        json.put("settled", snapshot.settled());
        json.put("timed", mails(snapshot.timed()));
        json.put("openings", snapshot.openings());
        json.put("traces", snapshot.traces());
    }

    private static List<Object> mails(List<WaitRecord.Mail> mails) {
        List<Object> all = new ArrayList<>(mails.size());
        for (WaitRecord.Mail mail : mails) {
            all.add(mail(mail));
        }
        return all;
    }

    private static Map<String, @Nullable Object> mail(WaitRecord.Mail mail) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("key", mail.key());
        if (mail.place() != null) {
            json.put("place", mail.place());
        }
        if (mail.until() != null) {
            json.put("until", mail.until());
        }
        if (mail.trace() != null) {
            json.put("trace", mail.trace());
        }
        return json;
    }
}
