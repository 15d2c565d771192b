#include "shared/base/exit_code.hpp"

namespace hoso {

int exit_code(Errc code) {
    switch (code) {
        case Errc::invalid:
        case Errc::limit: return exit_usage;
        case Errc::not_found: return exit_not_found;
        case Errc::exists:
        case Errc::conflict:
        case Errc::locked: return exit_conflict;
        case Errc::denied: return exit_denied;
        case Errc::unreachable: return exit_unreachable;
        case Errc::full: return exit_full;
        case Errc::version: return exit_version;
        case Errc::corrupt:
        case Errc::amnesia:
        case Errc::gap:
        case Errc::protocol:
        case Errc::unauthentic: return exit_failed_check;
        case Errc::io:
        case Errc::internal: return exit_internal;
    }
    return exit_internal;
}

}  // namespace hoso
