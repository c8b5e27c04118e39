/**
 * HTTP: a sink whose requests carry idempotency keys, and sources that poll or listen to
 * server-sent events. Read {@link dev.waxwing.http.HttpSink} first.
 *
 * <p>The client is the JDK's. What may be secret (headers, and an address behind its host) is in no
 * message.
 *
 * <p>This package knows the contracts of source and sink and no runner.
 */
@NullMarked
package dev.waxwing.http;

import org.jspecify.annotations.NullMarked;
