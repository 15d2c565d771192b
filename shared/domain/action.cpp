#include "shared/domain/action.hpp"

namespace hoso::domain {

Body::Body() = default;
Body::Body(const Body&) = default;
Body::Body(Body&&) noexcept = default;
Body& Body::operator=(const Body&) = default;
Body& Body::operator=(Body&&) noexcept = default;
Body::~Body() = default;
bool Body::operator==(const Body& other) const { return static_cast<const AnyBody&>(*this) == static_cast<const AnyBody&>(other); }

}  // namespace hoso::domain
