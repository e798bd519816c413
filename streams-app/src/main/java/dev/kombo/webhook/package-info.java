/** Posts offers to a shop's server: a process of its own, which reads what the service has committed. */
package dev.kombo.webhook;
