#include "shared/base/id.hpp"

namespace hoso {

UnitId whole_log_scope() {
    UnitId scope;
    scope.bytes.fill(0xFF);
    return scope;
}

}  // namespace hoso
