package ekiden.mail.address.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressBook.Listing;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All entries of a directory, page by page (RFC 2696), over one connection. Safe from any thread. */
final class Pages {
    private final BookSettings.Ldap settings;
    private final Schema schema;
    private final Connections connections;
    private final Clock clock;

    Pages(BookSettings.Ldap settings, Schema schema, Connections connections, Clock clock) {
        this.settings = settings;
        this.schema = schema;
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * So many of those that meet the filter.
     *
     * @param within longest time without an entry: pages that bring none could come without end
     */
    Result<Listing> of(Filter filter, int most, Duration within) {
        return connections.pool().then(pool -> of(pool, filter, most, within));
    }

    private Result<Listing> of(LDAPConnectionPool pool, Filter filter, int most, Duration within) {
        try {
            return Result.ok(connections.with(pool, one -> pages(one, filter, most, within)));
        } catch (LDAPException wrong) {
            return Result.failed(connections.problem(wrong));
        }
    }

    private Listing pages(LDAPConnection connection, Filter filter, int most, Duration within) throws LDAPException {
        long brought = clock.nanos();
        List<Entry> entries = new ArrayList<>();
        ASN1OctetString cookie = null;
        boolean more;
        boolean cut;
        do {
            Duration left = within.minusNanos(clock.nanos() - brought);
            if (left.isNegative()) {
                throw new LDAPException(ResultCode.TIMEOUT, "pages without entries");
            }
            SearchResult page = page(connection, filter, cookie, left);
            if (!page.getSearchEntries().isEmpty()) {
                page.getSearchEntries().forEach(found -> entries.add(schema.entry(found)));
                brought = clock.nanos();
            }
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(page);
            cut = page.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED);
            more = cut || (answer != null && answer.moreResultsToReturn());
            cookie = more && answer != null ? answer.getCookie() : null;
        } while (cookie != null && entries.size() <= most);
        boolean left = more || entries.size() > most;
        Problem refused = cut && entries.size() <= most ? cut(entries.size()) : null;
        return new Listing(entries.subList(0, Math.min(most, entries.size())), left, refused);
    }

    private Problem cut(int count) {
        String reason = ResultCode.SIZE_LIMIT_EXCEEDED.getName();
        return Problem.of(
                AddressMessage.CUT,
                "book",
                settings.name(),
                "server",
                settings.server(),
                "count",
                count,
                "reason",
                reason);
    }

    private SearchResult page(LDAPConnection connection, Filter filter, @Nullable ASN1OctetString cookie, Duration left)
            throws LDAPException {
        SearchRequest request = new SearchRequest(settings.base(), SearchScope.SUB, filter, schema.wanted());
        request.addControl(new SimplePagedResultsControl(settings.pageSize(), cookie, false));
        request.setResponseTimeoutMillis(Connections.millis(settings.timeout(), left));
        try {
            return connections.search(connection, request, left);
        } catch (LDAPSearchException some) {
            if (some.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return some.getSearchResult();
            }
            throw some;
        }
    }
}
