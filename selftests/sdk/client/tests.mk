# SPDX-License-Identifier: GPL-2.0-only
# The client's unit tests, in a folder with hw/sim and sim, its tests: built with what pkg-config knows of netcx.

CXXFLAGS := -O0 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all
CXXFLAGS += $(shell pkg-config --cflags netcx)
client := $(patsubst %.cpp,%.user.o,$(wildcard hw/sim/*.cpp))
tests := $(patsubst %.cpp,%.user.o,$(wildcard sim/*.cpp))

sim-tests: $(client) $(tests)
	$(CXX) -fsanitize=address,undefined $^ $(shell pkg-config --libs netcx) -lgtest_main -lgtest -lpthread -o $@

$(client): CXXFLAGS += $(shell pkg-config --variable=client_cflags netcx)
$(tests): CXXFLAGS += -I.

%.user.o: %.cpp
	$(CXX) $(CXXFLAGS) -c $< -o $@
