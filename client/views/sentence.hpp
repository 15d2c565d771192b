#pragma once

#include <string>

#include "client/text/language.hpp"
#include "client/views/look.hpp"

namespace hoso::client::views {

// What an action says, for a timeline: who did what, and the numbers, names, days and reasons it states. "Thư ký OCOP tỉnh: Ban
// hành công văn, kế hoạch: 332/SNN, 17/03/2023, Triển khai OCOP".
std::string sentence(Language language, const Look& state, const domain::Action& action);

}  // namespace hoso::client::views
