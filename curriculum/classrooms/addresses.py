"""Owns under which addresses other machines of the same network find this one."""

import contextlib
import ipaddress
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

try:  # Not on Windows.
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # then the machine's own name has to do

_SIOCGIFADDR = 0x8915  # Linux: the address of an interface (netdevice(7))
# Interfaces that lead into this machine alone: containers and virtual machines.
_INNER = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lo")


def private_addresses() -> list[str]:
    """This machine's private IPv4 addresses, of cables and wifi before anything else; none without a network."""
    found = [*_of_interfaces(), *_of_own_name()]
    return list(dict.fromkeys(one for one in found if is_private(one)))


def is_private(address: str) -> bool:
    """Whether an address is one that a school's own network gives out."""
    try:
        parsed = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return parsed.is_private and not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)


def is_loopback(host: str) -> bool:
    """Whether a host, with or without port, is this machine talking to itself."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_every_address(host: str) -> bool:
    """Whether a host, with or without port, is what a server listens on for all of them: open here, nowhere else."""
    try:
        return ipaddress.ip_address(urlsplit(f"//{host}").hostname or "").is_unspecified
    except ValueError:
        return False


def reachable(host: str, addresses: Iterable[str]) -> str:
    """The host under which tablets find what is open here as `host`: this machine's first address in place of loopback
    and of every address, with the same port; `host` itself where there is none."""
    first = next(iter(addresses), None)
    if first is None or not (is_loopback(host) or is_every_address(host)):
        return host
    port = urlsplit(f"//{host}").port
    return f"{first}:{port}" if port else first


def _of_interfaces() -> Iterable[str]:
    if fcntl is None:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            if name.startswith(_INNER):
                continue
            with contextlib.suppress(OSError):  # an interface without an address; a system that asks otherwise
                answer = fcntl.ioctl(asked.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                yield socket.inet_ntoa(answer[20:24])


def _of_own_name() -> Iterable[str]:
    with contextlib.suppress(OSError):
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
