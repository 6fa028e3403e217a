package ekiden.mail.dkim.dns;

import ekiden.mail.dkim.DkimLimits;
import ekiden.mail.dkim.TxtRecords;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Cache;
import org.xbill.DNS.Credibility;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SetResponse;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** TXT records from the name servers of this machine, or from others. May be asked by many threads at once. */
public final class DnsTxtRecords implements TxtRecords {
    /** Other names that a name may stand for, one behind another. */
    private static final int MOST_ALIASES = 8;

    private final Resolver resolver;
    private final Cache cache = new Cache(DClass.IN);

    /**
     * @param servers whom to ask; empty for the name servers of this machine
     * @param timeout for one question, all servers and tries together
     */
    public DnsTxtRecords(List<InetSocketAddress> servers, Duration timeout) {
        this.resolver = servers.isEmpty() ? new ExtendedResolver() : others(servers);
        resolver.setTimeout(timeout);
        cache.setMaxEntries(DkimLimits.DEFAULT.answers());
    }

    private static Resolver others(List<InetSocketAddress> servers) {
        List<Resolver> each = new ArrayList<>();
        servers.forEach(server -> each.add(new SimpleResolver(server)));
        return new ExtendedResolver(each);
    }

    @Override
    public Answer of(String name) {
        try {
            Lookup lookup = new Lookup(Name.fromString(name, Name.root), Type.TXT);
            lookup.setResolver(resolver);
            lookup.setCache(cache);
            Record[] records = lookup.run();
            return switch (lookup.getResult()) {
                case Lookup.SUCCESSFUL -> found(records);
                case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> new Answer.Absent();
                default -> new Answer.Unavailable("the DNS gave no answer: " + lookup.getErrorString());
            };
        } catch (TextParseException noName) {
            return new Answer.Absent();
        }
    }

    @Override
    public @Nullable Answer known(String name) {
        try {
            Name wanted = Name.fromString(name, Name.root);
            for (int alias = 0; alias < MOST_ALIASES; alias++) {
                SetResponse kept = cache.lookupRecords(wanted, Type.TXT, Credibility.NORMAL);
                if (kept.isSuccessful()) {
                    return found(kept.answers().stream()
                            .flatMap(set -> set.rrs().stream())
                            .toArray(Record[]::new));
                }
                if (kept.isNXDOMAIN() || kept.isNXRRSET()) {
                    return new Answer.Absent();
                }
                if (!kept.isCNAME()) {
                    return null;
                }
                wanted = kept.getCNAME().getTarget();
            }
            return null;
        } catch (TextParseException noName) {
            return new Answer.Absent();
        }
    }

    private static Answer found(Record[] records) {
        List<String> texts = new ArrayList<>();
        for (Record record : records) {
            if (record instanceof TXTRecord text) {
                ByteArrayOutputStream joined = new ByteArrayOutputStream();
                text.getStringsAsByteArrays().forEach(joined::writeBytes);
                texts.add(joined.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return texts.isEmpty() ? new Answer.Absent() : new Answer.Found(texts);
    }
}
