#pragma once

namespace hoso::client::local_api {

extern const char* const lookup_style;  // CSS, as it stands between <style> and </style>

}  // namespace hoso::client::local_api
