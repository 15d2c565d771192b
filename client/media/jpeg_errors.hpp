#pragma once

// jpeglib.h needs cstdio before it.
// clang-format off
#include <cstdio>
#include <jpeglib.h>
// clang-format on
#include <jerror.h>

#include <csetjmp>

// libjpeg ends the program and writes to stderr unless it is told otherwise: it is told to come back to attempt().
namespace hoso::client::media {

struct JpegErrors {
    jpeg_error_mgr manager;  // first, so that libjpeg's pointer to it is one to us
    std::jmp_buf back;
    bool ran_out = false;  // the file ended
    bool lacked = false;   // data that a block needs were not there
};

inline void return_to_attempt(j_common_ptr common) { std::longjmp(reinterpret_cast<JpegErrors*>(common->err)->back, 1); }

inline void note_warning(j_common_ptr common, int level) {
    if (level >= 0) return;  // a trace, not a warning
    auto* errors = reinterpret_cast<JpegErrors*>(common->err);
    if (errors->manager.msg_code == JWRN_JPEG_EOF) errors->ran_out = true;
    if (errors->manager.msg_code == JWRN_HIT_MARKER) errors->lacked = true;
}

inline jpeg_error_mgr* use(JpegErrors& errors) {
    jpeg_std_error(&errors.manager);
    errors.manager.error_exit = return_to_attempt;
    errors.manager.emit_message = note_warning;
    errors.manager.output_message = [](j_common_ptr) {};
    return &errors.manager;
}

// False if libjpeg gave up. The jump passes over `step`, so nothing in there may need a destructor.
template <typename Step>
bool attempt(JpegErrors& errors, const Step& step) {
    if (setjmp(errors.back) != 0) return false;
    step();
    return true;
}

}  // namespace hoso::client::media
