package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Member;
import ekiden.mail.send.MailAddresses;
import ekiden.model.mail.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The members of a directory's lists. Who is hidden from address lists is a member all the same. Safe from any thread. */
final class Members {
    private static final String RANGE = "range=";

    private final BookSettings.Ldap settings;
    private final Schema schema;
    private final Connections connections;
    private final Clock clock;
    private final LdapLimits limits;

    Members(BookSettings.Ldap settings, Schema schema, Connections connections, Clock clock, LdapLimits limits) {
        this.settings = settings;
        this.schema = schema;
        this.connections = connections;
        this.clock = clock;
        this.limits = limits;
    }

    /** All members of a list, or why they cannot be had. */
    Result<List<Member>> of(Entry.Group group, Duration within) {
        return connections.pool().then(pool -> of(group, new Asking(pool, clock.nanos(), within)));
    }

    private record Asking(LDAPConnectionPool pool, long begun, Duration within) {}

    private Result<List<Member>> of(Entry.Group group, Asking asking) {
        try {
            List<Member> members = new ArrayList<>();
            for (String value : values(group.id(), asking)) {
                Duration left = left(asking);
                if (members.size() >= limits.members()) {
                    return Result.failed(AddressMessage.TOO_MANY, "limit", limits.members());
                }
                if (left.isNegative()) {
                    String name = MailAddresses.shown(group.name());
                    return Result.failed(
                            AddressMessage.TOO_SLOW,
                            "name",
                            name,
                            "limit",
                            asking.within().toSeconds() + " s");
                }
                members.add(member(value, asking, left));
            }
            return Result.ok(members);
        } catch (LDAPException wrong) {
            return Result.failed(connections.problem(wrong));
        }
    }

    private Duration left(Asking asking) {
        return asking.within().minusNanos(clock.nanos() - asking.begun());
    }

    private Member member(String value, Asking asking, Duration left) throws LDAPException {
        if (!DN.isValidDN(value)) {
            return MailAddresses.parse(value) instanceof Result.Ok<Address>(Address address)
                    ? new Member.Mailbox(address)
                    : new Member.Missing(value);
        }
        SearchResultEntry found = read(value, asking, left, schema.wanted());
        return found == null ? new Member.Missing(value) : new Member.Known(schema.entry(found));
    }

    private @Nullable SearchResultEntry read(String dn, Asking asking, Duration left, String... attributes)
            throws LDAPException {
        Filter any = Filter.createPresenceFilter("objectClass");
        SearchRequest request = new SearchRequest(dn, SearchScope.BASE, any, attributes);
        request.setResponseTimeoutMillis(Connections.millis(settings.timeout(), left));
        try {
            List<SearchResultEntry> found = connections
                    .with(asking.pool(), one -> connections.search(one, request, left))
                    .getSearchEntries();
            return found.isEmpty() ? null : found.getFirst();
        } catch (LDAPSearchException wrong) {
            if (wrong.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return null;
            }
            throw wrong;
        }
    }

    /** The values of all attributes with members. Active Directory gives long lists out in pieces, {@code member;range=0-1499}. */
    private List<String> values(String dn, Asking asking) throws LDAPException {
        List<String> values = new ArrayList<>();
        List<String> wanted = new ArrayList<>(Schema.MEMBERS);
        while (!wanted.isEmpty()
                && values.size() <= limits.members()
                && !left(asking).isNegative()) {
            SearchResultEntry list = read(dn, asking, left(asking), wanted.toArray(String[]::new));
            wanted.clear();
            for (Attribute part : list == null ? List.<Attribute>of() : list.getAttributes()) {
                if (Schema.MEMBERS.stream().noneMatch(part.getBaseName()::equalsIgnoreCase)) {
                    continue;
                }
                values.addAll(Arrays.asList(part.getValues()));
                String next = next(part);
                if (next != null) {
                    wanted.add(next);
                }
            }
        }
        return values;
    }

    /** The attribute with the next piece, or null where this was the last. */
    private static @Nullable String next(Attribute part) {
        for (String option : part.getOptions()) {
            String low = option.toLowerCase(Locale.ROOT);
            int dash = low.indexOf('-');
            String end = low.startsWith(RANGE) && dash > 0 ? low.substring(dash + 1) : "*";
            if (end.matches("[0-9]{1,9}")) {
                return part.getBaseName() + ";" + RANGE + (Long.parseLong(end) + 1) + "-*";
            }
        }
        return null;
    }
}
