package ekiden.wait;

import ekiden.disk.Disk;
import java.nio.file.Path;

/**
 * Where a call remembers.
 *
 * @param disk where it lies
 * @param folder the state folder, absolute; there, and held by this process alone
 * @param id the state's id where it is a new one: 12 hexadecimal digits
 */
public record WaitState(Disk disk, Path folder, String id) {}
