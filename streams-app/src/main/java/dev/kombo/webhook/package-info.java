/** Posts offers to a shop's server, in a process of its own that reads what the service has committed. */
package dev.kombo.webhook;
