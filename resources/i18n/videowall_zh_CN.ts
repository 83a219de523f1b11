<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Wall</name>
    <message>
        <source>empty: the main one, or as its maker has it</source>
        <translation>留空：用主码流，或按厂家规则推出</translation>
    </message>
    <message>
        <source>Address of the sub-stream</source>
        <translation>子码流地址</translation>
    </message>
    <message>
        <source>Field of view in degrees</source>
        <translation>视角（度）</translation>
    </message>
    <message>
        <source>Sees so far, in metres</source>
        <translation>可视距离（米）</translation>
    </message>
    <message>
        <source>{n} cameras written, without passwords</source>
        <translation>已导出 {n} 台摄像机（不含密码）</translation>
    </message>
    <message>
        <source>{n} cameras taken in</source>
        <translation>已导入 {n} 台摄像机</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>0 north, 90 east; empty when it turns</source>
        <translation>正北 0，正东 90；云台可不填</translation>
    </message>
    <message>
        <source>A password in the address is taken out of it and kept apart; it is never shown again.</source>
        <translation>地址中的密码会被取出单独加密保存，今后不再显示。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add a camera</source>
        <translation>新增摄像机</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>视频地址</translation>
    </message>
    <message>
        <source>Camera {number} is saved</source>
        <translation>摄像机 {number} 已保存</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change camera {number}</source>
        <translation>修改摄像机 {number}</translation>
    </message>
    <message>
        <source>Choose a camera at the left and press Enter.</source>
        <translation>在左侧选择摄像机，按 Enter 显示。</translation>
    </message>
    <message>
        <source>Direction in degrees</source>
        <translation>朝向（度）</translation>
    </message>
    <message>
        <source>Find by number or name (Ctrl+F)</source>
        <translation>按编号或名称查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>Latitude (WGS-84)</source>
        <translation>纬度（WGS-84）</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Live · last picture {age} s ago · {count} pictures</source>
        <translation>实时 · 最近画面 {age} 秒前 · 已显示 {count} 帧</translation>
    </message>
    <message>
        <source>Longitude (WGS-84)</source>
        <translation>经度（WGS-84）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No camera is shown; nothing is taken in.</source>
        <translation>未显示摄像机，不接收视频。</translation>
    </message>
    <message>
        <source>No camera of this name</source>
        <translation>没有符合的摄像机</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>未显示画面</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>无信号</translation>
    </message>
    <message>
        <source>No signal · {why}</source>
        <translation>无信号 · {why}</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>看地图</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Opening for {n} s</source>
        <translation>正在打开 · 已等 {n} 秒</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>正在打开……</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Patrol tier</source>
        <translation>巡查等级</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Picture stopped · {n} s ago</source>
        <translation>画面停止 · {n} 秒前</translation>
    </message>
    <message>
        <source>Press N to add a camera, or Ctrl+I to take in a list.</source>
        <translation>按 N 新增摄像机，或按 Ctrl+I 导入清单。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The first picture usually comes within two seconds.</source>
        <translation>通常两秒内出现第一帧画面。</translation>
    </message>
    <message>
        <source>This is the last picture. It goes on by itself.</source>
        <translation>这是最后一帧画面；恢复后自动续播。</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>direction not set</source>
        <translation>未标朝向</translation>
    </message>
    <message>
        <source>east</source>
        <translation>东</translation>
    </message>
    <message>
        <source>kept; fill in to change it</source>
        <translation>已保存；如需更换请填写</translation>
    </message>
    <message>
        <source>looks {wind} ({deg}°)</source>
        <translation>朝{wind}（{deg}°）</translation>
    </message>
    <message>
        <source>north</source>
        <translation>北</translation>
    </message>
    <message>
        <source>north-east</source>
        <translation>东北</translation>
    </message>
    <message>
        <source>north-west</source>
        <translation>西北</translation>
    </message>
    <message>
        <source>south</source>
        <translation>南</translation>
    </message>
    <message>
        <source>south-east</source>
        <translation>东南</translation>
    </message>
    <message>
        <source>south-west</source>
        <translation>西南</translation>
    </message>
    <message>
        <source>west</source>
        <translation>西</translation>
    </message>
    <message>
        <source>{n} at this post</source>
        <translation>本站 {n} 台</translation>
    </message>
</context>
</TS>
