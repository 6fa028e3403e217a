package ekiden.http;

import ekiden.base.HostPort;
import java.nio.file.Path;

/**
 * Where the API listens and what it keeps in the home.
 *
 * @param listen host and port; port 0 for any free one
 * @param tokenFile the token, made where it is absent, readable by its owner only
 * @param addressFile where the address in use is told to the command line; removed at the stop
 * @param limits bounds
 */
public record ApiSettings(HostPort listen, Path tokenFile, Path addressFile, ApiLimits limits) {
    /**
     * Default limits.
     *
     * @param listen host and port; port 0 for any free one
     * @param tokenFile the token
     * @param addressFile the address in use
     */
    public ApiSettings(HostPort listen, Path tokenFile, Path addressFile) {
        this(listen, tokenFile, addressFile, ApiLimits.DEFAULT);
    }
}
