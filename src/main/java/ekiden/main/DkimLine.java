package ekiden.main;

import ekiden.base.HostPort;
import ekiden.base.SystemClock;
import ekiden.cli.CommandSet;
import ekiden.mail.dkim.DkimLimits;
import ekiden.mail.dkim.DkimResult;
import ekiden.mail.dkim.DkimResult.Outcome;
import ekiden.mail.dkim.DkimVerifier;
import ekiden.mail.dkim.dns.DnsTxtRecords;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has signed a mail with DKIM, as {@code ekiden mail read --dkim} prints it. What the DNS answered is kept for the next mail of the call. Belongs to one thread. */
final class DkimLine {
    private final Map<String, DkimVerifier> verifiers = new HashMap<>();

    /** {@return one object for each signature that was looked at, from the top} */
    List<Map<String, @Nullable Object>> of(Message message, RawSource source, CommandSet.Dkim how) throws IOException {
        DkimVerifier verifier =
                verifiers.computeIfAbsent(String.valueOf(how.nameServer()), key -> verifier(how.nameServer()));
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (DkimResult result : verifier.verify(source, new SystemClock().now())) {
            list.add(one(result, message.summary().from()));
        }
        return list;
    }

    private static DkimVerifier verifier(@Nullable HostPort server) {
        List<InetSocketAddress> servers =
                server == null ? List.of() : List.of(new InetSocketAddress(server.host(), server.port()));
        return new DkimVerifier(new DnsTxtRecords(servers, DkimLimits.DEFAULT.answer()), DkimLimits.DEFAULT);
    }

    private static Map<String, @Nullable Object> one(DkimResult result, List<Address> authors) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("domain", result.domain());
        one.put("selector", result.selector());
        switch (result.outcome()) {
            case Outcome.Passed passed -> told(one, "passed", null);
            case Outcome.Failed failed -> told(one, "failed", failed.why());
            case Outcome.Later later -> told(one, "unknown", later.why());
        }
        boolean speaks = !authors.isEmpty() && authors.stream().allMatch(result::speaksFor);
        one.put("forAuthor", speaks);
        return one;
    }

    private static void told(Map<String, @Nullable Object> one, String result, @Nullable String reason) {
        one.put("result", result);
        one.put("reason", reason);
    }
}
